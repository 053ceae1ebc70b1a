/** Whoever works on the machine itself acts under this name in the audit log. */
export const operator = {personId: 'operator', personName: '运维（命令行）', unitId: '', roles: [], requestId: '', address: 'local'};
