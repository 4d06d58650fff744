/** Priority of a delegation, 1 to 4, from that of a duty. */
export const DELEGATION_PRIORITY = { high: 2, normal: 3, low: 4 } as const;
