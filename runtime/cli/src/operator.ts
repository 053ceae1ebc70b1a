import {userInfo} from 'node:os';

/** Who is signed in on the machine: a name, or a number where the machine has no name for it; with the person behind `sudo`, as far as that is told. */
export function systemUser(read: () => {readonly username: string} = userInfo, env: NodeJS.ProcessEnv = process.env): string {
  const own = nameOf(read);
  const behind = env['SUDO_USER'];
  return behind === undefined || behind === '' || behind === own ? own : `${own}(sudo ${behind})`;
}

/** `userInfo` refuses where the machine has no entry for the user, as in many containers. */
function nameOf(read: () => {readonly username: string}): string {
  try {
    return read().username;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR') return `uid ${process.getuid?.() ?? '?'}`;
    throw error;
  }
}

/** From where a command comes, in rows of the audit log: `cli:`, then the user of the machine. No password is asked, so this is what is known for certain. */
export function fromCommandLine(): {readonly requestId: string; readonly address: string} {
  return {requestId: 'cli', address: `cli:${systemUser()}`};
}

/** Whoever works on the machine itself acts under this name in the audit log. */
export const operator = {personId: 'operator', personName: '运维（命令行）', unitId: '', roles: [], ...fromCommandLine()};
