import {defineErrors} from '@banli/errors';

/** Refusals of the server itself. */
export const serverErrors = defineErrors('SERVER', {
  SETTING_BAD: {status: 500, message: 'The setting {name} cannot be used: {value}.', zh: '设置 {name} 无法使用：{value}。'},
  PORT_TAKEN: {status: 500, message: 'Port {port} is taken: start with another PORT, or stop the program that has it.', zh: '端口 {port} 已被占用：请用 PORT 换一个端口，或停掉占用它的程序。'},
  LOOK_LOCKED: {status: 429, message: 'Too many wrong query codes. Try again in {minutes} minutes, or ask the accepting centre.', zh: '查询码多次不符，请 {minutes} 分钟后再试，或联系受理中心查询。'},
});
