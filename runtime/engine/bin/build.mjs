// Builds the engine with Maven. Runs on plain Node, before any package is installed.
import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const jarName = 'engine.jar';
const archiveName = 'classes.jsa';
const folder = fileURLToPath(new URL('../java', import.meta.url));
const lockWaitMs = 500;

/** How Java runs the engine; the archive of loaded classes is made with the same. */
export const jvmOptions = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:+ExitOnOutOfMemoryError', '-Xshare:auto', '-Duser.timezone=UTC', '-Dfile.encoding=UTF-8', '-Djava.awt.headless=true'];
/** Class that starts the engine. */
export const mainClass = 'banli.engine.EngineMain';

/** See build.d.mts. The result lies in folders named by the hash of what went in, so a running engine never loses its files. */
export async function buildEngine(product, onProgress = () => undefined) {
  if (product !== 'camunda' && product !== 'operaton') throw new Error(`BANLI_ENGINE must be camunda or operaton, not "${product}".`);
  const target = join(folder, 'target', product);
  const lib = join(target, `lib-${hashOf(['pom.xml'])}`);
  const work = join(target, `build-${hashOf(['pom.xml', '../bin/build.mjs', ...listFiles('src')])}`);
  const ready = join(work, 'ready');
  const result = built => ({product, classPath: classPath(work, lib), archive: join(work, archiveName), built});
  if (existsSync(ready)) return result(false);
  mkdirSync(target, {recursive: true});
  const unlock = lock(join(target, 'lock'));
  try {
    if (existsSync(ready)) return result(false);
    await checkTools();
    const fresh = `${lib}.part`;
    if (!existsSync(lib)) rmSync(fresh, {recursive: true, force: true});
    await runMaven([`-P${product}`, `-Dbanli.build=${work}`, `-Dbanli.lib=${existsSync(lib) ? lib : fresh}`, 'process-classes'], onProgress);
    if (!existsSync(lib)) renameSync(fresh, lib);
    await must('jar', ['cf', join(work, jarName), '-C', join(work, 'classes'), '.']);
    await archiveClasses(classPath(work, lib), join(work, archiveName), onProgress);
    writeFileSync(ready, '');
    removeOlder(target, [lib, work]);
    return result(true);
  } finally {
    unlock();
  }
}

/** Jars only and always in the same order, as the archive of loaded classes wants it. */
function classPath(work, lib) {
  return [join(work, jarName), ...readdirSync(lib).sort().map(name => join(lib, name))].join(delimiter);
}

/**
 * Runs the engine once on a database in memory and keeps what Java loaded: later starts need about a third less of the processor.
 * Without the archive everything works, only slower, so a failure here is told and not more.
 */
async function archiveClasses(path, archive, onProgress) {
  onProgress('The engine runs once, so that later starts are quicker');
  const env = {...process.env, BANLI_ENGINE_TOKEN: 'x'.repeat(32), BANLI_ENGINE_JDBC_URL: 'jdbc:h2:mem:archive', BANLI_ENGINE_JDBC_USER: 'sa', BANLI_ENGINE_PORT: '0'};
  const scratch = `${archive}.scratch`;
  mkdirSync(scratch, {recursive: true});
  const args = [...jvmOptions, '-Dbanli.end.ms=120000', `-Djava.io.tmpdir=${scratch}`, `-XX:ArchiveClassesAtExit=${archive}`, '-cp', path, mainClass];
  const {output} = await run('java', args, (line, child) => {
    if (line.startsWith('BANLI_ENGINE_READY')) child.stdin.end();
  }, {env, stdio: ['pipe', 'pipe', 'pipe']});
  rmSync(scratch, {recursive: true, force: true});
  if (!existsSync(archive)) onProgress(`no archive of classes was made: ${output.trim().split('\n').at(-1)}`);
}

async function must(command, args) {
  const {code, output} = await run(command, args, () => undefined);
  if (code !== 0) throw new Error(`${command} failed (exit ${code}): ${output.slice(-1_000)}`);
}

/** Relative paths of all files below a folder, in a fixed order. */
function listFiles(path) {
  return readdirSync(join(folder, path)).sort().flatMap(name => {
    const child = `${path}/${name}`;
    return statSync(join(folder, child)).isDirectory() ? listFiles(child) : [child];
  });
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(join(folder, path))).update('\0');
  return hash.digest('hex').slice(0, 12);
}

/** Builds of other sources go after a day: an engine that runs may still read from a younger one. */
function removeOlder(target, keep) {
  const dayMs = 86_400_000;
  for (const name of readdirSync(target)) {
    const path = join(target, name);
    if (/^(lib|build)-/.test(name) && !keep.includes(path) && statSync(path).mtimeMs < Date.now() - dayMs) rmSync(path, {recursive: true, force: true});
  }
}

/** One build at a time: the lock holds the process id, and a lock of a dead process is taken over. */
function lock(path) {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), {flag: 'wx'});
      return () => rmSync(path, {force: true});
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAlive(readOwner(path))) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lockWaitMs);
    else rmSync(path, {force: true});
  }
}

function readOwner(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return 0;
    throw error;
  }
}

/** An empty lock file is one that is being written. */
function isAlive(pid) {
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function checkTools() {
  const java = await versionOf('javac', ['-version'], /javac (\d+)/);
  if (!(java >= 17)) throw new Error(`A Java development kit, 17 or newer, is ${java ? `needed, but javac is ${java}` : 'missing'}. On Debian: apt-get install openjdk-17-jdk-headless`);
  if (!(await versionOf('mvn', ['-B', '-version'], /Apache Maven (\d+)/))) throw new Error('Maven is missing. On Debian: apt-get install maven');
}

async function versionOf(command, args, pattern) {
  const {code, output} = await run(command, args, () => undefined);
  return code === 0 ? Number(pattern.exec(output.replace(/\x1b\[[0-9;]*m/g, ''))?.[1]) : undefined;
}

async function runMaven(args, onProgress) {
  let files = 0;
  onProgress('Maven fetches and builds the engine; the first time this takes about a minute');
  const {code, output} = await run('mvn', ['-B', '-f', join(folder, 'pom.xml'), ...args], line => {
    if (/Downloaded from .*\.jar/.test(line) && ++files % 20 === 0) onProgress(`${files} libraries fetched`);
  });
  if (code !== 0) throw new Error(`Maven could not build the engine (exit ${code}):\n${output.split('\n').filter(line => line.includes('ERROR')).slice(0, 12).join('\n') || output.slice(-2_000)}`);
}

/** Runs a command to its end; a command that does not exist ends with code 127. */
function run(command, args, onLine, options = {stdio: ['ignore', 'pipe', 'pipe']}) {
  return new Promise(resolve => {
    let output = '';
    const child = spawn(command, args, options);
    const take = chunk => {
      output += chunk;
      for (const line of String(chunk).split('\n')) onLine(line, child);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', error => resolve({code: 127, output: error.message}));
    child.once('close', code => resolve({code: code ?? 1, output}));
  });
}
