/** Minutes from '45', '45 min', '1.5 h', '1h30' or '2 hours'; null when it is no such text or is out of bounds. */
export function readMinutes(text: string, most: number): number | null {
  const typed = text.trim().toLowerCase().replace(',', '.');
  const match =
    /^(?:(\d{1,3}(?:\.\d{1,2})?) ?(?:h|hours?|hrs?))? ?(?:(\d{1,4}) ?(?:m|min|mins|minutes?)?)?$/.exec(
      typed,
    );
  if (!match || typed === '') return null;
  const minutes = Math.round(Number(match[1] ?? 0) * 60) + Number(match[2] ?? 0);
  return minutes >= 1 && minutes <= most ? minutes : null;
}

/** '45 min', '2 h', '1 h 30 min'. */
export function formatMinutes(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
