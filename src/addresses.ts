/** Whether bot tokens may be sent there: over TLS, or on this machine. */
export function isSafeApiUrl(value: string): boolean {
  const url = URL.parse(value);
  if (url === null || url.username !== '' || url.password !== '') return false;
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback);
}

/** Whether it is an origin alone: browsers are sent to paths below it. */
export function isPublicUrl(value: string): boolean {
  const url = URL.parse(value);
  return (
    url !== null && isSafeApiUrl(value) && url.pathname === '/' && url.search + url.hash === ''
  );
}

export function isPostgresUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '';
}
