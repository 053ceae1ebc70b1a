import {defineErrors} from '@banli/errors';

/** Refusals by rights, and faults of policy files. */
export const permissionErrors = defineErrors('PERMISSIONS', {
  DENIED: {status: 403, message: 'Your post does not permit this ({permission}).', zh: '你的岗位没有此权限（{permission}）。'},
  UNKNOWN: {status: 500, message: 'The permission {permission} is not declared in any policy file.', zh: '权限 {permission} 未在任何策略文件中声明。'},
  FILE_BROKEN: {status: 500, message: '{file} is not a policy file: {reason}', zh: '{file} 不是有效的策略文件：{reason}'},
  POLICY_BROKEN: {status: 500, message: 'The policy has {count} problems; no right was granted. The first: {first}', zh: '权限策略有 {count} 个问题，未授予任何权限。第一个：{first}'},
  KEY_UNKNOWN: {status: 422, message: 'The key {key} is not known here.', zh: '此处不认识键 {key}。'},
  VALUE_WRONG: {status: 422, message: '{key} cannot be {value}.', zh: '{key} 不能是 {value}。'},
  PERMISSION_UNKNOWN: {status: 422, message: 'No permission fits {permission}.', zh: '没有与 {permission} 相符的权限。'},
  PERMISSION_TWICE: {status: 422, message: 'The permission {permission} is declared twice.', zh: '权限 {permission} 声明了两次。'},
  ROLE_UNKNOWN: {status: 422, message: 'The role {role} does not exist.', zh: '角色 {role} 不存在。'},
  INDEX_DISAGREES: {status: 500, message: 'The compiled rights and casbin disagree on {role}, {permission}, {relation}; the server does not start.', zh: '编译后的权限与 casbin 不一致（{role}、{permission}、{relation}），服务器不启动。'},
});
