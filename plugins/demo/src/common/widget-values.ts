/** Value schemas of the widgets: the same in the browser and on the server. A share in percent, 0 to 100. */
export const widgetValues = {
  DemoOk: {type: 'integer', minimum: 0, maximum: 100},
  /** Nothing fits: whatever is sent is refused. */
  DemoFails: {not: {}},
  DemoThrows: {type: 'string', maxLength: 100},
} as const;
