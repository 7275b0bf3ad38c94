import { AppError } from './errors'

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * The hosts the site may be called by. In local mode any port of this machine, so that a name that
 * an attacker points to 127.0.0.1 is refused; in production the host of NEXTAUTH_URL.
 */
function isAllowedHost(host: string | null, mode: string, siteUrl: string): boolean {
  if (!host) return false
  if (mode === 'local') return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)
  return host === new URL(siteUrl).host
}

/** A write must come from a page of this very site. Throws `forbidden`. */
export function checkOrigin(request: Request, mode: string, siteUrl: string): void {
  const host = request.headers.get('host')
  if (!isAllowedHost(host, mode, siteUrl)) {
    throw new AppError('forbidden', 'This address does not serve Closecall.')
  }
  if (READS.has(request.method)) return
  const origin = request.headers.get('origin')
  if (!origin || !URL.canParse(origin) || new URL(origin).host !== host) {
    throw new AppError('forbidden', 'A write must come from this site: the Origin header is wrong.')
  }
}
