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
  // Google OAuth, HashiCorp Vault, DigitalOcean, Twilio, Shopify, Mailgun, Docker, Grafana, PyPI, Telegram, Discord.
  /ya29\.[\w-]{20,400}/,
  /GOCSPX-[\w-]{20,60}/,
  /hv[sb]\.[\w-]{20,400}/,
  /do[opr]_v1_[a-f0-9]{40,80}/,
  /(?:SK|AC)[a-f0-9]{32}(?![A-Za-z0-9])/,
  /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/,
  /key-[a-f0-9]{32}(?![A-Za-z0-9])/,
  /dckr_pat_[\w-]{20,60}/,
  /gls[ac]_\w{20,100}/,
  /pypi-[\w-]{50,400}/,
  /\d{8,10}:AA[\w-]{30,40}/,
  /[MNO][A-Za-z\d_-]{23,27}\.[\w-]{6}\.[\w-]{25,40}/,
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
/** What curl is told: a name, then the password. */
const OF_USER = /(?<=[ ])(?:-u|--user)[ =]["']?[^\s:"']{1,100}:([^\s"']{4,200})/g
/** Short numbers that open something, where the words say so. */
const PIN =
  /\b(?:pin|cvv2?|cvc|otp|tan|(?:my|security|verification|access|one-time|mein|mon|mi) ?-?code)(?:[ -]?(?:code|number|nummer))?[ ]?(?::|=|is|ist|est|es|war|was|lautet)?[ ]{0,2}(\d(?:[ ]?\d){2,7})(?!\d|[.,:/-]\d)/gi
const IN_ADDRESS = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,100}:([^\s/@]{1,200})@/gi

/** A word that announces a secret, then the secret, quoted or not. */
const ANNOUNCED =
  /(?:password|passwort|kennwort|mot de passe|contraseña|contrasena|senha|wachtwoord|hasło|lösenord|adgangskode|parola|passwd|passphrase|passcode|pwd|secret|token|credential|api[ _-]?key|access[ _-]?key|account[ _-]?key|private[ _-]?key|signature|sig)(?:[ _-]?(?:id|key|is|value|I use))?["'`]?[ \t]{0,3}(?:[:=]{1,2}>?|\b(?:is|ist|lautet|est|es)\b|(?<=\bis)|[èé](?= ))[ \t]{0,3}(?:"([^"\n]{6,400})"|'([^'\n]{6,400})'|`([^`\n]{6,400})`|([^\s"'`<>,;&]{6,400}))/gi

/**
 * Without a sign between, or after "was" in a language, only what no word looks like: letters, and both a
 * digit and a mark.
 */
const BARE =
  /\b(?:password|passwort|kennwort|passphrase|wachtwoord|senha|mot de passe|contrase[ñn]a|parola|hasło|lösenord|adgangskode)(?:(?:[ ]\p{L}{3,20})?[ ](?:was|war|era|était|foi|var|to|auf|lautete))?[ ]["'(]?((?=[^\s]{0,60}\d)(?=[^\s]{0,60}[!#$%^*+?@~])[^\s"'`<>,;()]{6,60})/giu

/** Of hexadecimal digits alone, like a checksum: a key only where it is called one. */
const CALLED_KEY =
  /\b(?:(?:api|access|auth|secret|private|encryption|signing)[ _-]?(?:keys?|tokens?)|(?:auth |security )?token|(?:client |shared )?secret|api[ -]?schlüssel|zugangsschlüssel|clé d['’]api|clé api|clave (?:de )?api|chiave api|chave (?:de )?api|api[ -]?sleutel|klucz api|api[ -]?nyckel)[ ]["'`(]?([a-f0-9]{32,128})(?![\w-])/giu

const KEY_BLOCK_EDGE = /-----(BEGIN|END) (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g
const KEY_LINES = /(?:(?:\s|\\n){1,4}[A-Za-z0-9+/=]{16,100}(?![\w+/=]))*/y

/** Most texts have no word so long: that is seen faster than that none of the shapes is in them. */
const HAS_LONG_WORD = /[\w.+/-]{16}/

/** Passwords, keys and tokens; of an announced one only the secret itself. */
export function findSecrets(text: string): Passage[] {
  const isReal = (at: Passage) => !isPlaceholder(textOf(text, at))
  const found = [
    ...findKeyBlocks(text),
    ...findAnnounced(text),
    ...(text.includes('://') ? findLast(text, IN_ADDRESS).filter(isReal) : []),
    ...(text.includes(' -') ? findLast(text, OF_USER).filter(isReal) : []),
  ]
  if (/\d/.test(text)) found.push(...findLast(text, PIN), ...findLast(text, BARE).filter(isReal))
  if (!HAS_LONG_WORD.test(text)) return found
  return [
    ...found,
    ...[...text.matchAll(KNOWN)].map(({ 0: token, index }) => passage(index, token)),
    ...findLast(text, AUTHORISATION).filter((at) => /\d|[A-Z].*[a-z]/.test(textOf(text, at))),
    ...findLast(text, WEBHOOK),
    ...findLast(text, CALLED_KEY),
    ...findRandom(text),
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

const LONG_TOKEN = /(?<![\w+/=.:@-])[A-Za-z0-9+/_-]{24,400}={0,2}(?![\w+/=-])/g
/** In bits per character. Words of any language stay below 3.9, keys of 24 random characters lie above 4. */
const RANDOM_ENTROPY = 4
/** Of neighbouring letters and digits so many are of different kinds: in names and paths far fewer. */
const RANDOM_CHANGES = 0.4

/** Long words without any announcement that are too disorderly to be anything but a key. */
function findRandom(text: string): Passage[] {
  return [...text.matchAll(LONG_TOKEN)]
    .filter(({ 0: token }) => isRandom(token))
    .map(({ 0: token, index }) => passage(index, token))
}

/** Hashes, ids of requests and the like, which are all lower or all upper case, are not. */
function isRandom(token: string): boolean {
  if (!/[a-z]/.test(token) || !/[A-Z]/.test(token) || !/\d/.test(token)) return false
  const kinds = token.replace(/[^A-Za-z0-9]/g, '')
  let changes = 0
  for (let i = 1; i < kinds.length; i++) {
    if (kindOf(kinds.charCodeAt(i)) !== kindOf(kinds.charCodeAt(i - 1))) changes++
  }
  return changes / kinds.length >= RANDOM_CHANGES && entropyOf(token) >= RANDOM_ENTROPY
}

const kindOf = (code: number) => (code < 58 ? 0 : code < 91 ? 1 : 2)

/** Shannon entropy of its characters, in bits per character. */
function entropyOf(token: string): number {
  const counts = new Map<string, number>()
  for (const character of token) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const n of counts.values()) bits -= (n / token.length) * Math.log2(n / token.length)
  return bits
}

/** `[SECRET_1]`, `<password>`, `${TOKEN}`, `{{ token }}`, `****`, `xxxxxx`. */
function isPlaceholder(value: string): boolean {
  return /^(?:[[<{(]|\$[{(A-Z]|%[A-Z]|[*•.x-]+$)/i.test(value)
}

const passage = (start: number, value: string): Passage => ({ start, end: start + value.length })
const textOf = (text: string, { start, end }: Passage) => text.slice(start, end)
