import type {ProgressKey} from './progress-zh-cn.js';

/** Texts of the citizen's page, English. */
export const progressEn: Readonly<Record<ProgressKey, string>> = {
  'title': 'Progress of a case',
  'help': 'Number and query code are in the text message that told of the acceptance; the clerk gives them as well.',
  'number': 'Number',
  'code': 'Query code',
  'codeRule': 'A query code has 8 digits',
  'fill': 'Fill in {{field}}',
  'do': 'Look up',
  'other': 'Look up another case',
  'state': 'State',
  'secondRound': 'second round',
  'acceptedAt': 'Accepted',
  'leadUnit': 'Unit in charge',
  'noUnit': 'Not decided yet',
  'closedAt': 'Closed',
  'reply': 'Reply',
  'noReply': 'The reply is shown here once the case is closed.',
  'doubt': 'If you have questions, contact the centre that accepted the case and give the number.',
};
