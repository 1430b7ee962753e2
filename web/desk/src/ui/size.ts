/** Bytes as people read them. */
export function size(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB']
  let n = bytes, unit = 0
  while (n >= 1024 && unit < units.length - 1) [n, unit] = [n / 1024, unit + 1]
  return `${n >= 100 || unit === 0 ? Math.round(n) : n.toFixed(1)} ${units[unit]}`
}
