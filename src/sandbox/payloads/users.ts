import type { types } from '@slack/bolt';
import { DateTime } from 'luxon';
import type { Team, User } from '../state/types.ts';

export type UserPayload = types.UserChangeEvent['user'];

/** A user as `users.info` and `user_change` show it. The zone may be missing, as in real profiles. */
export function userPayload(team: Team, user: User, o: { email: boolean; nowMs: number }) {
  const offset = user.zone
    ? DateTime.fromMillis(o.nowMs, { zone: user.zone }).offset * 60
    : undefined;
  const isGuest = user.role === 'guest' || user.role === 'single_channel_guest';
  const isMember = !user.deactivated;
  const [first, ...rest] = user.realName.split(' ');
  return {
    id: user.id,
    team_id: user.homeTeamId,
    name: user.handle,
    deleted: user.deactivated,
    ...(isMember
      ? {
          color: '9f69e7',
          real_name: user.realName,
          ...(user.zone
            ? { tz: user.zone, tz_label: user.zone.replaceAll('_', ' '), tz_offset: offset }
            : {}),
          is_admin: user.role === 'admin' || user.role === 'owner',
          is_owner: user.role === 'owner',
          is_primary_owner: user.role === 'owner',
          is_restricted: isGuest,
          is_ultra_restricted: user.role === 'single_channel_guest',
          is_email_confirmed: !user.isBot,
          who_can_share_contact_card: 'EVERYONE',
          ...(user.homeTeamId === team.id ? {} : { is_stranger: true }),
        }
      : {}),
    is_bot: user.isBot,
    is_app_user: false,
    updated: user.updatedAt,
    profile: {
      title: user.title,
      phone: '',
      skype: '',
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.displayName,
      display_name_normalized: user.displayName,
      status_text: user.statusText,
      status_text_canonical: '',
      status_emoji: user.statusEmoji,
      status_emoji_display_info: [],
      status_expiration: 0,
      avatar_hash: '',
      first_name: first ?? '',
      last_name: rest.join(' '),
      ...(o.email && user.email ? { email: user.email } : {}),
      ...(user.botId ? { bot_id: user.botId } : {}),
      ...(user.appId ? { api_app_id: user.appId } : {}),
      team: user.homeTeamId,
      fields: {},
    },
  };
}

export function userChangeEvent(team: Team, user: User, nowMs: number): types.UserChangeEvent {
  const seconds = Math.floor(nowMs / 1000);
  return {
    type: 'user_change',
    // The type asks for pictures, a locale and a colour that deactivated people do not have.
    user: userPayload(team, user, { email: false, nowMs }) as unknown as UserPayload,
    cache_ts: seconds,
    event_ts: `${seconds}.000100`,
  };
}
