/** `secret`: a password, key or token. */
export type SensitiveKind = 'email' | 'phone' | 'card' | 'iban' | 'ip' | 'secret'

/** A passage of a text, in UTF-16 units: `text.slice(start, end)`. */
export type Passage = { start: number; end: number }

export type Sensitive = Passage & { kind: SensitiveKind }
