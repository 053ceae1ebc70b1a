import type {DemoAccount} from './seed.js';

/** Who takes part in the first walk of README.md, in its order. */
const firstWalk = ['shi.shouli', 'shi.paidan', 'ts.chengguan', 'ts.jiefang', 'shi.jieguo', 'shi.huifang'];

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
