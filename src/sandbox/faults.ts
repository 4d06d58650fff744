import { z } from 'zod';

const callFault = z.strictObject({
  method: z.string().min(1),
  times: z.number().int().min(1).default(1),
  team: z.string().optional(),
  reply: z.strictObject({
    status: z.number().int().min(200).max(599).optional(),
    error: z.string().optional(),
    retryAfter: z.union([z.number(), z.string()]).optional(),
    reset: z.boolean().optional(),
    delayMs: z.number().min(0).max(120_000).optional(),
    acceptThenReset: z.boolean().optional(),
  }),
});

const deliveryFault = z.strictObject({
  /** Event type, command, or interaction type; `*` for all. */
  delivery: z.string().min(1),
  times: z.number().int().min(1).default(1),
  fault: z.strictObject({
    twice: z.boolean().optional(),
    loseAck: z.boolean().optional(),
    delayAckMs: z.number().min(0).max(120_000).optional(),
  }),
});

export const faultSchema = z.union([callFault, deliveryFault]);

export type Fault = z.input<typeof faultSchema>;
export type CallFaultReply = z.output<typeof callFault>['reply'];
export type DeliveryFault = z.output<typeof deliveryFault>['fault'];

export type FaultPlan = {
  /** Plans a fault for the next calls of a method or the next deliveries of a kind. */
  add(fault: Fault): void;
  clear(): void;
  pending(): Fault[];
  takeCall(method: string, team: string | undefined): CallFaultReply | undefined;
  takeDelivery(name: string): DeliveryFault | undefined;
};

export function createFaultPlan(): FaultPlan {
  let calls: z.output<typeof callFault>[] = [];
  let deliveries: z.output<typeof deliveryFault>[] = [];
  return {
    add(fault) {
      const parsed = faultSchema.parse(fault);
      if ('method' in parsed) calls.push(parsed);
      else deliveries.push(parsed);
    },
    clear() {
      calls = [];
      deliveries = [];
    },
    pending: () => [...calls, ...deliveries],
    takeCall(method, team) {
      const fault = calls.find(
        (one) =>
          (one.method === method || one.method === '*') &&
          (one.team === undefined || one.team === team),
      );
      if (!fault) return undefined;
      fault.times -= 1;
      if (fault.times === 0) calls = calls.filter((one) => one !== fault);
      return fault.reply;
    },
    takeDelivery(name) {
      const fault = deliveries.find((one) => one.delivery === name || one.delivery === '*');
      if (!fault) return undefined;
      fault.times -= 1;
      if (fault.times === 0) deliveries = deliveries.filter((one) => one !== fault);
      return fault.fault;
    },
  };
}
