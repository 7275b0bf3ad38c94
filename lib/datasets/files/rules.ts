/**
 * Headers of a download. Project slugs may hold any letters, and headers only ASCII ones, so the name
 * is given twice (RFC 6266).
 */
export function downloadHeaders(fileName: string, mediaType: string): Record<string, string> {
  const safe = fileName.replace(/[^\p{Letter}\p{Number}._-]+/gu, '-')
  const ascii = safe.replace(/[^\w.-]+/g, '-')
  return {
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(safe)}`,
    'cache-control': 'no-store',
  }
}
