import { z } from 'zod'

/** `system` follows the machine's own setting. */
export const theme = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof theme>

export const themeInput = z.object({ theme })

/** Kept in a cookie, so that the server's first byte already has the right colours. */
export const THEME_COOKIE = 'theme'
