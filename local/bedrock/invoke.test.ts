import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime'
import { describe, expect, it } from 'vitest'
import { writeCase, writeInstructions } from './fixtures/prompt-text'
import {
  askAbout,
  control,
  openBedrock,
  openRuntime,
  say,
  TOOLS_PROMPT,
  toolCase,
} from './fixtures/sdk'

const BODY = {
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 512,
  system: writeInstructions(TOOLS_PROMPT),
  messages: [{ role: 'user', content: writeCase(toolCase(0)) }],
}
const ask = (changes: object = {}, modelId = 'closecall.lexical-v1') =>
  new InvokeModelCommand({
    modelId,
    contentType: 'application/json',
    body: JSON.stringify({ ...BODY, ...changes }),
  })
type Client = ReturnType<typeof openRuntime>
const send = async (client: Client, command: InvokeModelCommand) =>
  JSON.parse((await client.send(command)).body.transformToString())

describe('InvokeModel', () => {
  it('says what Converse says, in Claude’s own body', async () => {
    const client = openRuntime(await openBedrock())
    const text = await say(client, askAbout(writeCase(toolCase(0))))
    const answer = await send(client, ask())
    expect(answer).toMatchObject({
      id: expect.stringMatching(/^msg_/),
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { output_tokens: Math.ceil(text.length / 4), cache_read_input_tokens: 0 },
    })
    const blocks = { messages: [{ role: 'user', content: [{ type: 'text', text: 'A hammer.' }] }] }
    expect((await send(client, ask(blocks))).content[0].text).toContain('Tools')
  })

  it('ends at the limit and at a stop sequence', async () => {
    const client = openRuntime(await openBedrock())
    const cut = await send(client, ask({ max_tokens: 10 }))
    expect(cut).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 10 } })
    const stopped = await send(client, ask({ stop_sequences: ['<evidence>'] }))
    expect(stopped).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: '<evidence>' })
  })

  it('holds answers to a schema, and reads cache marks', async () => {
    const client = openRuntime(await openBedrock())
    const schema = {
      type: 'object',
      additionalProperties: false,
      properties: { explanation: { type: 'string' }, label: { type: 'string' } },
    }
    const answer = await send(
      client,
      ask({ output_config: { format: { type: 'json_schema', schema } } }),
    )
    expect(Object.keys(JSON.parse(answer.content[0].text))).toEqual(['explanation', 'label'])
    const system = [
      { type: 'text', text: 'word '.repeat(1_000), cache_control: { type: 'ephemeral' } },
    ]
    expect((await send(client, ask({ system }))).usage).toMatchObject({
      cache_creation_input_tokens: 1_250,
      cache_read_input_tokens: 0,
    })
    expect((await send(client, ask({ system }))).usage).toMatchObject({
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 1_250,
    })
  })

  it.each([
    [{ max_tokens: undefined }, /required key \[max_tokens\] not found/],
    [{ anthropic_version: 'v1' }, /anthropic_version/],
    [{ maxTokens: 3 }, /extraneous key \[maxTokens\]/],
    [{ messages: [] }, /at least one message/],
    [{ messages: [{ role: 'user', content: [{ type: 'image' }] }] }, /only blocks of type 'text'/],
  ])('refuses %j as the service does', async (changes, message) => {
    const client = openRuntime(await openBedrock())
    await expect(client.send(ask(changes))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
    })
  })

  it('meets the same faults', async () => {
    const bedrock = await openBedrock()
    const client = openRuntime(bedrock)
    await control(bedrock, 'faults', { throttleRate: 1 })
    await expect(client.send(ask())).rejects.toMatchObject({ name: 'ThrottlingException' })
    await expect(client.send(ask({}, 'no.such-model'))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})
