import { cookies } from 'next/headers'
import { THEME_COOKIE, type Theme, theme } from './schema'

/** What the browser that asks has chosen. */
export async function getTheme(): Promise<Theme> {
  const cookie = (await cookies()).get(THEME_COOKIE)
  return theme.catch('system').parse(cookie?.value)
}
