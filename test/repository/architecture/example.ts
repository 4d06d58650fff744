/** A file as it may or may not stand in the product; the sentence completes "allow that" or "refuse that". */
export type Example = { sentence: string; path: string; source: string };

/** A file that the lint must refuse, with a part of the complaint it must make. */
export type ForbiddenExample = Example & { complaint: string };
