import type {ProgressKey} from './progress-zh-cn.js';

/** Texts of the citizen's page, English. */
export const progressEn: Readonly<Record<ProgressKey, string>> = {
  'title': 'Progress of a case',
  'help': 'Number and query code stand in the text message of acceptance; the clerk tells them, too.',
  'number': 'Number',
  'code': 'Query code',
  'codeRule': 'A query code has 8 digits',
  'fill': 'Fill in {{field}}',
  'do': 'Look up',
  'other': 'Look up another case',
  'state': 'State',
  'secondRound': 'second round',
  'acceptedAt': 'Accepted',
  'leadUnit': 'Handled by',
  'noUnit': 'Not decided yet',
  'closedAt': 'Closed',
  'reply': 'Reply',
  'noReply': 'The reply is shown here once the case is closed.',
  'doubt': 'For questions contact the centre that accepted the case and tell the number.',
};
