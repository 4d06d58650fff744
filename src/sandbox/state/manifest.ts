import { z } from 'zod';
import { SandboxError } from '../errors.ts';

const slashCommand = z.object({
  command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/, 'a command is / and at most 31 of a-z 0-9 _ -'),
  description: z.string().min(1).max(2000),
  usage_hint: z.string().max(1000).optional(),
  should_escape: z.boolean().optional(),
  url: z.string().optional(),
});

const shortcut = z.object({
  name: z.string().min(1).max(24),
  type: z.enum(['global', 'message']),
  callback_id: z.string().min(1).max(255),
  description: z.string().min(1).max(150),
});

const manifestSchema = z.object({
  display_information: z.object({
    name: z.string().min(1).max(35),
    description: z.string().max(140).optional(),
  }),
  features: z
    .object({
      bot_user: z
        .object({ display_name: z.string().min(1).max(80), always_online: z.boolean().optional() })
        .optional(),
      app_home: z
        .object({
          home_tab_enabled: z.boolean().optional(),
          messages_tab_enabled: z.boolean().optional(),
          messages_tab_read_only_enabled: z.boolean().optional(),
        })
        .optional(),
      slash_commands: z.array(slashCommand).max(50).optional(),
      shortcuts: z.array(shortcut).max(10).optional(),
    })
    .optional(),
  oauth_config: z.object({
    redirect_urls: z.array(z.string()).optional(),
    scopes: z
      .object({
        bot: z.array(z.string()).optional(),
        bot_optional: z.array(z.string()).optional(),
        user: z.array(z.string()).optional(),
      })
      .refine(
        ({ bot = [], bot_optional: optional = [] }) =>
          optional.every((scope) => bot.includes(scope)),
        'what is optional has to be in bot as well',
      ),
  }),
  settings: z
    .object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()).optional() }).optional(),
      interactivity: z.object({ is_enabled: z.boolean() }).optional(),
      token_rotation_enabled: z.boolean().optional(),
    })
    .optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** The parts of an app manifest that the workspace enforces; everything that is wrong in one error. */
export function readManifest(value: unknown): Manifest {
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new SandboxError('bad_manifest', `The manifest is not valid. ${problems.join('; ')}.`);
}
