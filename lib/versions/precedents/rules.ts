const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Whether a draft's rules say a sentence already, whatever its case, spaces and punctuation. */
export function hasRule(rules: string, sentence: string): boolean {
  const wanted = plain(sentence)
  return wanted !== '' && ` ${plain(rules)} `.includes(` ${wanted} `)
}

/** The rules with a sentence as one more line. */
export function addRule(rules: string, sentence: string): string {
  const before = rules.trimEnd()
  return before === '' ? sentence : `${before}\n${sentence}`
}

/** Takes back what addRule did, wherever the line is now; rules without it stay as they are. */
export function removeRule(rules: string, sentence: string): string {
  const lines = rules.split('\n')
  const at = lines.lastIndexOf(sentence)
  return at === -1 ? rules : lines.filter((_, index) => index !== at).join('\n')
}
