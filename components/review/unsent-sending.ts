import { openOutbox } from '@/lib/platform/outbox'
import { openSender, type Sender } from './sender'

/** For all projects in which this person has something in the outbox: by the project's slug. */
export async function openSenders(userId: string): Promise<Map<string, Sender>> {
  const outbox = await openOutbox()
  const projects = new Set((await outbox.list(userId)).map(({ scope }) => scope))
  const senders = new Map<string, Sender>()
  for (const project of projects) senders.set(project, await openSender(userId, project))
  return senders
}

/** Resolves when everything is sent, or cannot be sent now. */
export async function sendAll(userId: string): Promise<void> {
  for (const sender of (await openSenders(userId)).values()) await sender.send()
}
