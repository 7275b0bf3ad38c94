/**
 * Between those that can send what waits in the outbox and those that ask for it (signing out), who need
 * not know each other. Apart from the outbox, whose code most pages never need.
 */
type Send = () => Promise<void>

const offers = new Set<Send>()

/** `send` resolves when everything is sent or cannot be sent now. Until the returned function is called. */
export function offerToSend(send: Send): () => void {
  offers.add(send)
  return () => void offers.delete(send)
}

export const canSendUnsent = (): boolean => offers.size > 0

export async function sendUnsent(): Promise<void> {
  await Promise.all([...offers].map((send) => send()))
}
