import { expect, it } from 'vitest'
import { downloadHeaders } from './rules'

const disposition = (name: string) => downloadHeaders(name, 'text/csv')['content-disposition']

it('names a file', () => {
  expect(disposition('support-final-labels.csv')).toBe(
    `attachment; filename="support-final-labels.csv"; filename*=UTF-8''support-final-labels.csv`,
  )
})

it.each(['грусть-v2.xlsx', 'a"b\r\nSet-Cookie: x.csv', '../../etc/passwd', 'ﬁx;name.csv'])(
  'makes %j a valid header that names no folder',
  (name) => {
    const headers = new Headers(downloadHeaders(name, 'text/csv'))
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/,
    )
  },
)
