import type { Passage } from '../schema'

/** Keys and tokens that their makers gave a beginning of their own. */
const KNOWN_SHAPES = [
  // AWS: access key ids, Bedrock API keys.
  /(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA|ANVA|AIPA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/,
  /ABSK[A-Za-z0-9+/]{80,400}={0,2}/,
  // GitHub, GitLab, Slack.
  /gh[oprsu]_[A-Za-z0-9]{30,255}/,
  /github_pat_\w{22,255}/,
  /glpat-[\w-]{20,100}/,
  /xox[a-z]-[A-Za-z0-9-]{10,255}/,
  /xapp-[A-Za-z0-9-]{10,255}/,
  // Stripe, Google, npm, SendGrid, Hugging Face, OpenAI and Anthropic.
  /[prs]k_(?:live|test)_[A-Za-z0-9]{10,255}/,
  /AIza[\w-]{35}/,
  /npm_[A-Za-z0-9]{36}/,
  /SG\.[\w-]{16,64}\.[\w-]{16,64}/,
  /hf_[A-Za-z0-9]{30,64}/,
  /sk-[\w-]{20,255}/,
  // JSON web tokens.
  /eyJ[\w-]{10,2000}\.[\w-]{10,4000}(?:\.[\w-]{5,2000})?/,
]
const KNOWN = new RegExp(
  `(?<![A-Za-z0-9_-])(?:${KNOWN_SHAPES.map(({ source }) => source).join('|')})`,
  'g',
)

/** After "Authorization: Bearer" and the like. */
const AUTHORISATION = /\b(?:bearer|basic)[ ]{1,3}([\w.~+/-]{16,4000}={0,2})/gi
const WEBHOOK = /\bhooks\.slack\.com\/services\/([A-Za-z0-9/]{20,200})/gi
const IN_ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:([^\s/@]{1,200})@/gi

/** A word that announces a secret, then the secret, quoted or not. */
const ANNOUNCED =
  /(?:password|passwort|passwd|passphrase|passcode|pwd|secret|token|credential|api[ _-]?key|access[ _-]?key|account[ _-]?key|private[ _-]?key|signature)(?:[ _-]?(?:id|key|is|value))?["'`]?[ \t]{0,3}(?:[:=]{1,2}>?|\bis\b|(?<=\bis))[ \t]{0,3}(?:"([^"\n]{6,400})"|'([^'\n]{6,400})'|`([^`\n]{6,400})`|([^\s"'`<>,;&]{6,400}))/gi

const KEY_BLOCK_EDGE = /-----(BEGIN|END) (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g
const KEY_LINES = /(?:(?:\s|\\n){1,4}[A-Za-z0-9+/=]{16,100}(?![\w+/=]))*/y

/** Passwords, keys and tokens; of an announced one only the secret itself. */
export function findSecrets(text: string): Passage[] {
  return [
    ...findKeyBlocks(text),
    ...[...text.matchAll(KNOWN)].map(({ 0: token, index }) => passage(index, token)),
    ...findLast(text, AUTHORISATION).filter((at) => /\d|[A-Z].*[a-z]/.test(textOf(text, at))),
    ...findLast(text, WEBHOOK),
    ...findLast(text, IN_ADDRESS).filter((at) => !isPlaceholder(textOf(text, at))),
    ...findAnnounced(text),
  ]
}

/** From beginning to end; one that was cut off ends with its last line of key. */
function findKeyBlocks(text: string): Passage[] {
  if (!text.includes('PRIVATE KEY')) return []
  const edges = [...text.matchAll(KEY_BLOCK_EDGE)]
  return edges.flatMap((edge, i) => {
    if (edge[1] !== 'BEGIN') return []
    const next = edges[i + 1]
    const start = edge.index
    if (next?.[1] === 'END') return [{ start, end: next.index + next[0].length }]
    KEY_LINES.lastIndex = start + edge[0].length
    const lines = KEY_LINES.exec(text)?.[0] ?? ''
    return [passage(start, `${edge[0]}${lines}`)]
  })
}

/** The one group of each match; it ends at most one character before the match does. */
function findLast(text: string, pattern: RegExp): Passage[] {
  return [...text.matchAll(pattern)].map(({ 0: all, 1: secret = '', index }) =>
    passage(index + all.lastIndexOf(secret), secret),
  )
}

function findAnnounced(text: string): Passage[] {
  return [...text.matchAll(ANNOUNCED)].flatMap((match) => {
    const quoted = match[1] ?? match[2] ?? match[3]
    const secret = quoted ?? (match[4] ?? '').replace(/[.?)\]}]+$/, '')
    if (!looksSecret(secret.replace(/!+$/, ''), quoted !== undefined)) return []
    return [passage(match.index + match[0].lastIndexOf(secret), secret)]
  })
}

/** A plain word after "password:" says something about it: "expired", "required". */
function looksSecret(value: string, quoted: boolean): boolean {
  if (value.length < 6 || isPlaceholder(value)) return false
  if (/^https?:\/\//i.test(value)) return false
  if (/\s/.test(value) && !quoted) return false
  return (
    /\d/.test(value) ||
    /[!#$%^*+=?@|~]/.test(value) ||
    (value.length >= 16 && !/[\s.-]/.test(value))
  )
}

/** `[SECRET_1]`, `<password>`, `${TOKEN}`, `{{ token }}`, `****`, `xxxxxx`. */
function isPlaceholder(value: string): boolean {
  return /^(?:[[<{(]|\$[{(A-Z]|%[A-Z]|[*•.x-]+$)/i.test(value)
}

const passage = (start: number, value: string): Passage => ({ start, end: start + value.length })
const textOf = (text: string, { start, end }: Passage) => text.slice(start, end)
