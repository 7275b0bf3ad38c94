import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Providers } from '@/components/layout/providers'
import { getTheme } from '@/lib/users/theme/data'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Closecall', template: '%s · Closecall' },
  description: 'Turns support cases into ground truth that can be trusted.',
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#1a1a18' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await getTheme()
  return (
    <html
      lang="en"
      data-theme={theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <body>
        <a href="#main" className="skip-link">
          Skip to content
        </a>
        <Providers theme={theme}>{children}</Providers>
      </body>
    </html>
  )
}
