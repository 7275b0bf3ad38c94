import { describe, expect, it } from 'vitest'
import { type Answer, escapeMarkup } from './answer'
import { askAbout, openBedrock, openRuntime, say, TOOLS_PROMPT } from './fixtures/sdk'
import { MALFORMED_KINDS, spoilAnswer } from './malformed'
import { mendAnswer } from './mend'

const answer: Answer = {
  id: null,
  label: 'Tools',
  explanation: 'Fruit & <Veg> come second.',
  evidence: 'My hammer broke.',
}
const labels = TOOLS_PROMPT.categories.map(({ name }) => name)

describe('mending', () => {
  it.each(['xml', 'json', 'inst'] as const)('reads what was said in the form %s', (form) => {
    const kinds = MALFORMED_KINDS.filter((kind) => kind !== 'empty' && kind !== 'off_list_label')
    for (const kind of kinds) {
      const mended = mendAnswer(spoilAnswer(kind, [answer], form), labels)
      expect({ kind, label: mended.label }).toEqual({ kind, label: 'Tools' })
    }
    expect(mendAnswer(spoilAnswer('off_list_label', [answer], form), labels).label).toBe(
      'Other / Unclear',
    )
    expect(mendAnswer('', labels).label).toBe('')
    expect(mendAnswer('I would say that this is about tools.', labels).label).toBe('Tools')
  })

  it('gives the answer back in the form that is asked for, and weighs nothing', async () => {
    const client = openRuntime(await openBedrock())
    const broken = 'A hammer. <classification>fruit & <veg></classification> so there'
    const text = await say(
      client,
      askAbout(`<unreadable_answer>\n${escapeMarkup(broken)}\n</unreadable_answer>`),
    )
    expect(text).toMatch(/^<response>\n<explanation>/)
    const json = await say(
      client,
      askAbout(JSON.stringify({ unreadable_answer: 'Label: Tools\nExplanation: A hammer.' }), {
        system: [{ text: JSON.stringify(TOOLS_PROMPT) }],
      }),
    )
    expect(JSON.parse(json)).toMatchObject({ classification: 'Tools', explanation: 'A hammer.' })
    const headed = 'Unreadable answer:\n  Classification - Tools'
    const inst = await say(client, askAbout(headed, { system: [{ text: 'Categories:\n- Tools' }] }))
    expect(inst).toContain('Classification: Tools')
  })
})
