import type {DemoAccount} from './seed.js';

/** Who takes part in the first walk of README.md, in its order. */
const firstWalk = ['shi.shouli', 'shi.paidan', 'ts.chengguan', 'ts.jiefang', 'shi.jieguo', 'shi.huifang'];

/** Tells a person that the address is true, but that the engine is not there yet; `step` tells when it is. */
export function tellEngineMissing(print: (line: string) => void): void {
  print('  ! 流程引擎尚未就绪：现在可以查阅；提交照常受理，引擎就绪后自动办理（就绪时在此提示）');
  print('    The engine is not there yet: reading works, what is submitted is accepted and done once it is (this terminal says when)');
}

/** Tells a person that the engine's first starts failed, and that it is tried on. */
export function tellEngineFails(print: (line: string) => void, reason: string, logFile: string): void {
  print(`  ! 流程引擎未能启动：${reason}。正在继续重试，查阅不受影响；日志见 ${logFile}`);
  print(`    The engine did not start: ${reason}. It is tried on, reading works; its log is ${logFile}`);
}

/** Tells a person that the engine is there after its first starts had failed. */
export function tellEngineThere(print: (line: string) => void): void {
  print('  ✓ 流程引擎已就绪，已受理的提交正在办理 The engine is there; what was submitted is being done');
}

/** Tells a person where the instance can be reached and who can log in: those of the first walk first, one account a line. */
export function greet(print: (line: string) => void, url: string, password: string, accounts: readonly DemoAccount[]): void {
  const first = firstWalk.flatMap(login => accounts.find(account => account.login === login) ?? []);
  const others = accounts.filter(account => !firstWalk.includes(account.login));
  const width = Math.max(0, ...accounts.map(account => account.login.length));
  const tell = ({login, roles, units}: DemoAccount): void => print(`    ${login.padEnd(width)}  ${roles.join('、')}  ${units.join('、')}`.trimEnd());
  print(`\n办理 Banli 已就绪 is ready: ${url}`);
  print(`  工作台 workbench ${url}/    设计器 designer ${url}/designer/`);
  print(`  演示账号 demo accounts（密码 password: ${password}）`);
  if (first.length > 0) print('  先走一遍（README）first walk:');
  first.forEach(tell);
  if (others.length > 0) print('  其他账号 other accounts:');
  others.forEach(tell);
  print('  按 Ctrl+C 停止 press Ctrl+C to stop');
}
