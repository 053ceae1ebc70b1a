import {defineErrors} from '@banli/errors';

export const workerErrors = defineErrors('WORKERS', {
  TOPIC_TWICE: {status: 500, message: 'The topic {topic} has two workers. Each topic belongs to one plugin.', zh: '主题 {topic} 有两个自动处理程序，每个主题只能属于一个插件。'},
  TOPIC_UNKNOWN: {status: 500, message: 'No plugin brings a worker for the topic {topic}.', zh: '没有插件提供主题 {topic} 的自动处理程序。'},
  SCHEMA_INVALID: {status: 500, message: 'The input schema of the worker {topic} is not a JSON Schema: {reason}.', zh: '自动处理程序 {topic} 的输入说明不是有效的 JSON Schema：{reason}。'},
  INPUT_INVALID: {status: 422, message: 'The inputs of the step {stepId} do not fit the worker {topic}: {fields}.', zh: '步骤 {stepId} 的输入不符合自动处理程序 {topic} 的要求：{fields}。'},
  EFFECT_INVALID: {status: 500, message: 'The worker {topic} asked for something that cannot be done: {reason}.', zh: '自动处理程序 {topic} 提出了无法执行的要求：{reason}。'},
  LOCK_LOST: {status: 503, message: 'The lock of the task was lost; nothing was written.', zh: '任务锁已失效，未写入任何内容。'},
  REFUSED: {status: 409, message: 'The process engine refused the completion of {topic}; everything it did was undone.', zh: '流程引擎未接受“{topic}”的处理结果，所做更改已撤回。'},
  CRASHED: {status: 500, message: 'The worker failed.', zh: '自动处理程序出错。'},
});
