import {defineErrors} from '@banli/errors';

export const kernelErrors = defineErrors('PLUGINS', {
  MANIFEST_INVALID: {status: 500, message: 'The plugin in {folder} has a wrong plugin.yaml: {reason}', zh: '{folder} 中的插件清单 plugin.yaml 有误：{reason}'},
  FOLDER_NAME: {status: 500, message: 'The plugin {id} stands in the folder {folder}; both must have the same name.', zh: '插件 {id} 位于目录 {folder}，两者名称必须一致。'},
  ID_TWICE: {status: 500, message: 'Two plugins are called {id}.', zh: '有两个插件同名：{id}。'},
  TAKEN: {status: 500, message: 'The {kind} {name} is claimed by the plugins {first} and {second}.', zh: '{kind} {name} 被插件 {first} 和 {second} 同时声明。'},
  PREFIX: {status: 500, message: 'The topic {name} of the plugin {id} must begin with "{prefix}".', zh: '插件 {id} 的主题 {name} 必须以“{prefix}”开头。'},
  SDK_RANGE: {status: 500, message: 'The plugin {id} wants SDK {range}, this is {version}.', zh: '插件 {id} 需要 SDK {range}，当前为 {version}。'},
  DEPENDENCY_MISSING: {status: 500, message: 'The plugin {id} needs the plugin {other}, which is not there.', zh: '插件 {id} 依赖的插件 {other} 不存在。'},
  DEPENDENCY_OFF: {status: 500, message: 'The plugin {id} needs the plugin {other}, which is switched off.', zh: '插件 {id} 依赖的插件 {other} 已停用。'},
  DEPENDENCY_CIRCLE: {status: 500, message: 'Plugins depend on each other in a circle: {circle}.', zh: '插件循环依赖：{circle}。'},
  ENTRY_INVALID: {status: 500, message: 'The entry {entry} of the plugin {id} cannot be used: {reason}', zh: '插件 {id} 的入口 {entry} 无法使用：{reason}'},
  NEED_UNKNOWN: {status: 500, message: 'The plugin {id} needs the service {need}, which does not exist.', zh: '插件 {id} 需要的服务 {need} 不存在。'},
  UNDECLARED: {status: 500, message: 'The plugin {id} brings {name}, which its manifest does not name.', zh: '插件 {id} 注册了清单中未声明的 {name}。'},
  WORKER_MISSING: {status: 500, message: 'The plugin {id} names the topic {topic} but brings no worker for it.', zh: '插件 {id} 声明了主题 {topic}，但没有提供处理程序。'},
  SETUP_FAILED: {status: 500, message: 'The plugin {id} failed to start: {reason}', zh: '插件 {id} 启动失败：{reason}'},
  SETUP_TOO_LONG: {status: 500, message: 'The plugin {id} did not start within {limitMs} ms.', zh: '插件 {id} 未能在 {limitMs} 毫秒内启动。'},
});
