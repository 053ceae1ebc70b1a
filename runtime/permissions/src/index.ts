export {createPermissions, relationOf, type PermissionActor, type Permissions, type PermissionTarget, type PermissionUnits} from './permissions.js';
export {compilePolicy, type CompiledIndex, type Reach} from './compiled-index.js';
export {createCasbinPolicy, type CasbinPolicy, type RoleAssignment} from './casbin-policy.js';
export {createPolicy, dataScopes, type DataScope, type Policy, type PolicyLine, type Relation} from './policy.js';
export {parsePolicyFile, readPolicyFile, type PolicyFile} from './policy-file.js';
export {addLocalGrant, readLocalGrants, readPermissionsVersion, removeLocalGrant} from './local-grants.js';
export {permissionErrors} from './errors.js';
export {platformPolicyPath} from './platform-policy.js';
