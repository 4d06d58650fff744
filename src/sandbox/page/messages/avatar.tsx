const COLOURS = ['#1d5f8a', '#8a3d5f', '#3f6b3a', '#7a5a1e', '#5a4a9c', '#8c4a2f'];

/** A square with somebody's initial, always in the same colour. */
export function Avatar({ id, name, isBot }: { id: string; name: string; isBot: boolean }) {
  const sum = Array.from(id, (letter) => letter.charCodeAt(0)).reduce((a, b) => a + b, 0);
  const background = isBot ? '#1f4b6e' : COLOURS[sum % COLOURS.length];
  return (
    <span className="avatar" style={{ background }} aria-hidden="true">
      {name.slice(0, 1).toUpperCase()}
    </span>
  );
}
