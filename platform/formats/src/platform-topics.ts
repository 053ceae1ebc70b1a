/** Topics of workers that are part of the platform, beside those of plugins: every drawing may use them. */
export const platformTopics = ['catalogs.decide'] as const;
