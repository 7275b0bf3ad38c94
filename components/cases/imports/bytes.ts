/** Bytes as "1.8 MB", below a tenth of a megabyte as "12 kB". */
export const megabytes = (bytes: number): string =>
  bytes < 100_000
    ? `${Math.ceil(bytes / 1_000)}\u00a0kB`
    : `${(bytes / 1_000_000).toFixed(1)}\u00a0MB`
