export type Surface = 'message' | 'modal' | 'home';

export type JsonObject = Record<string, unknown>;

export type Finding = { readonly pointer: string; readonly message: string };

/** One place in a payload: the value found there and where findings about it go. */
export type Spot = {
  readonly value: unknown;
  readonly pointer: string;
  readonly surface: Surface;
  readonly findings: Finding[];
};

export type Rule = (spot: Spot) => void;

export type Field = { readonly rule: Rule; readonly required: boolean };
type RequiredField = { readonly rule: Rule; readonly required: true };

/**
 * The fields of a Slack type: `tsc` demands a rule for every one of them, and a required rule
 * where the type requires the field. A rule may require more than the type does.
 */
export type FieldsOf<T> = {
  readonly [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K> ? Field : RequiredField;
};

type Check<T> = (value: T, spot: Spot) => void;

export const required = (rule: Rule): RequiredField => ({ rule, required: true });

export const optional = (rule: Rule): Field => ({ rule, required: false });

/** Notes what is wrong at this spot, or at `below`, a path beneath it. */
export function refuse(spot: Spot, finding: { message: string; below?: string }): void {
  spot.findings.push({
    pointer: spot.pointer + (finding.below ?? ''),
    message: finding.message,
  });
}

/** The spot one step further into the payload; the key is escaped as JSON pointers ask. */
export function step(spot: Spot, to: { key: string | number; value: unknown }): Spot {
  const key = String(to.key).replaceAll('~', '~0').replaceAll('/', '~1');
  return { ...spot, value: to.value, pointer: `${spot.pointer}/${key}` };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A string of `min` (1 unless said) to `max` (any) characters. Counted in UTF-16 code units:
 * where Slack counts characters, code units are never fewer, so what passes here passes there.
 */
export function string(limit: {
  max?: number;
  min?: number;
  format?: { test: (text: string) => boolean; message: string };
}): Rule {
  const { max = Number.POSITIVE_INFINITY, min = 1 } = limit;
  return (spot) => {
    const { value } = spot;
    if (typeof value !== 'string') return refuse(spot, { message: 'must provide a string' });
    if (value.length < min) {
      return refuse(spot, { message: `must be more than ${min - 1} characters` });
    }
    if (value.length > max) {
      return refuse(spot, { message: `must be less than ${max + 1} characters` });
    }
    if (limit.format && !limit.format.test(value)) {
      refuse(spot, { message: limit.format.message });
    }
  };
}

/** One of the listed values, as written. */
export function oneOf(values: readonly (string | number)[]): Rule {
  return (spot) => {
    if (!values.some((allowed) => allowed === spot.value)) {
      refuse(spot, { message: `must be a valid enum value: ${values.join(', ')}` });
    }
  };
}

/** The field `type` of an object that has only one possible type. */
export const typeIs = (type: string): RequiredField => required(oneOf([type]));

export const flag: Rule = (spot) => {
  if (typeof spot.value !== 'boolean') refuse(spot, { message: 'must provide a boolean' });
};

/** A finite number within the bounds, both included. */
export function number(limit: { min?: number; max?: number; integer?: boolean } = {}): Rule {
  return (spot) => {
    const { value } = spot;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return refuse(spot, { message: 'must provide a number' });
    }
    if (limit.integer && !Number.isInteger(value)) {
      return refuse(spot, { message: 'must provide an integer' });
    }
    if (limit.min !== undefined && value < limit.min) {
      refuse(spot, { message: `must be no less than ${limit.min}` });
    }
    if (limit.max !== undefined && value > limit.max) {
      refuse(spot, { message: `must be no more than ${limit.max}` });
    }
  };
}

/** A list whose items all follow `rule`, of `min` (1 unless said) to `max` items. */
export function listOf(rule: Rule, limit: { max?: number; min?: number } = {}): Rule {
  const { max = Number.POSITIVE_INFINITY, min = 1 } = limit;
  return (spot) => {
    if (!Array.isArray(spot.value)) return refuse(spot, { message: 'must provide an array' });
    const items: readonly unknown[] = spot.value;
    if (items.length < min) refuse(spot, { message: `no less than ${min} items allowed` });
    if (items.length > max) refuse(spot, { message: `no more than ${max} items allowed` });
    items.forEach((value, key) => rule(step(spot, { key, value })));
  };
}

/**
 * An object with exactly these fields. `check` sees the value only when every field follows its
 * rule, so it may rely on the type. A field that is `undefined` counts as absent.
 */
export function shape<T>(fields: FieldsOf<T>, check?: Check<T>): Rule {
  const known = new Map<string, Field>(Object.entries<Field>(fields));
  return (spot) => {
    if (!isObject(spot.value)) return refuse(spot, { message: 'must provide an object' });
    const found = spot.findings.length;
    for (const [key, value] of Object.entries(spot.value)) {
      if (value === undefined) continue;
      const field = known.get(key);
      if (field) field.rule(step(spot, { key, value }));
      else refuse(spot, { message: `invalid additional property: ${key}` });
    }
    for (const [key, field] of known) {
      if (field.required && (!Object.hasOwn(spot.value, key) || spot.value[key] === undefined)) {
        refuse(spot, { message: `missing required field: ${key}` });
      }
    }
    // The rules above have just established the shape that T describes.
    if (check && spot.findings.length === found) check(spot.value as T, spot);
  };
}

/** An object whose `type` picks the rule. A type that is not in the table is not supported here. */
export function byType(rules: ReadonlyMap<string, Rule>): Rule {
  return (spot) => {
    const { value } = spot;
    if (!isObject(value)) return refuse(spot, { message: 'must provide an object' });
    if (value.type === undefined || !Object.hasOwn(value, 'type')) {
      return refuse(spot, { message: 'missing required field: type' });
    }
    const rule = typeof value.type === 'string' ? rules.get(value.type) : undefined;
    if (rule) return rule(spot);
    const name = typeof value.type === 'string' ? value.type.slice(0, 100) : typeof value.type;
    refuse(spot, { message: `unsupported type: ${name}`, below: '/type' });
  };
}
