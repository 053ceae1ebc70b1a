import {run} from './run.mjs';
import {SetupProblem} from './say.mjs';

const tools = [
  {name: 'Node', command: 'node', args: ['--version'], least: [20, 19], install: 'apt-get install npm && npm install -g n && n 20'},
  {name: 'npm', command: 'npm', args: ['--version'], least: [9, 0], install: 'apt-get install npm'},
  {name: 'Java', command: 'java', args: ['-version'], least: [17, 0], install: 'apt-get install openjdk-17-jdk-headless', hint: '；若已安装，请用 update-alternatives --config java 选用它 where it is installed already, choose it with update-alternatives --config java'},
  {name: 'Java compiler', command: 'javac', args: ['-version'], least: [17, 0], install: 'apt-get install openjdk-17-jdk-headless'},
  {name: 'Maven', command: 'mvn', args: ['--version'], least: [3, 6], install: 'apt-get install maven'},
  {name: 'C++', command: 'g++', args: ['--version'], least: [9, 0], install: 'apt-get install g++ make python3'},
  {name: 'Python', command: 'python3', args: ['--version'], least: [3, 8], install: 'apt-get install python3'},
  {name: 'make', command: 'make', args: ['--version'], least: [4, 0], install: 'apt-get install make'},
];

/**
 * Checks that every tool is there and new enough.
 *
 * @throws SetupProblem with the command that installs what is missing.
 */
export async function checkTools() {
  const problems = [];
  await Promise.all(tools.map(async tool => {
    const output = await run(tool.command, tool.args).catch(() => null);
    if (output === null) {
      problems.push(`缺少 ${tool.name}：请运行 ${tool.install}（${tool.name} is missing: run ${tool.install}）`);
      return;
    }
    const version = findVersion(output);
    if (version !== null && isOlder(version, tool.least)) {
      problems.push(`${tool.name} ${version.join('.')} 太旧，至少需要 ${tool.least.join('.')}：请运行 ${tool.install}（${tool.name} ${version.join('.')} is too old, at least ${tool.least.join('.')} is needed: run ${tool.install}）${tool.hint ?? ''}`);
    }
  }));
  if (problems.length > 0) throw new SetupProblem(problems.join('\n✗ '));
}

/**
 * The first version number in what a tool prints of itself.
 *
 * @param {string} output
 * @returns {number[] | null}
 */
export function findVersion(output) {
  const match = /(?:^|[^\d.])v?(\d+)\.(\d+)/.exec(output.replace(/\u001b\[\d*m/g, ''));
  return match ? [Number(match[1]), Number(match[2])] : null;
}

/**
 * @param {readonly number[]} version
 * @param {readonly number[]} least
 */
export function isOlder(version, least) {
  const [major = 0, minor = 0] = version;
  const [leastMajor = 0, leastMinor = 0] = least;
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}
