import { useMutation, useQuery } from '@tanstack/react-query';
import type { CallItem, Desk, Said, TextItem } from '../feed-items.ts';

/** What the page asks its server; what happens then comes back through the live feed. */
export function useDesk() {
  return useQuery({
    queryKey: ['desk'],
    queryFn: () => ask<Desk>('/api/desk'),
    retry: true,
    retryDelay: 500,
    staleTime: Infinity,
  });
}

export function useSendText(personaId: string) {
  return useMutation({ mutationFn: (text: string) => ask<TextItem>(`/api/personas/${personaId}/texts`, { text }) });
}

/** Says something on WhatsApp, by writing or by a tap. */
export function useSay(personaId: string) {
  return useMutation({ mutationFn: (said: Said) => ask<TextItem>(`/api/personas/${personaId}/whatsapp`, said) });
}

export function useSendPicture(personaId: string) {
  return useMutation({
    mutationFn: (picture: File) =>
      answerOf<TextItem>(
        fetch(`/api/personas/${personaId}/pictures`, {
          method: 'POST',
          headers: { 'content-type': picture.type },
          body: picture,
        }),
      ),
  });
}

/** Tells WhatsApp that what came was read. */
export function readMessages(personaId: string): Promise<unknown> {
  return ask(`/api/personas/${personaId}/reads`, {});
}

/** Lets the 24 hours of WhatsApp pass. */
export function useSilence(personaId: string) {
  return useMutation({ mutationFn: () => ask(`/api/personas/${personaId}/silence`, {}) });
}

export function usePlaceCall(personaId: string) {
  return useMutation({ mutationFn: () => ask<CallItem>(`/api/personas/${personaId}/calls`, {}) });
}

export function useChangeCall(callId: string) {
  return useMutation({
    mutationFn: (change: 'answer' | 'hang-up') => ask<CallItem>(`/api/calls/${callId}/${change}`, {}),
  });
}

async function ask<Answer>(url: string, body?: unknown): Promise<Answer> {
  return answerOf(
    fetch(
      url,
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    ),
  );
}

async function answerOf<Answer>(asked: Promise<Response>): Promise<Answer> {
  const response = await asked;
  if (!response.ok) throw new Error(await reasonOf(response));
  return (await response.json()) as Answer; // the page's own server answers with the types it shares
}

async function reasonOf(response: Response): Promise<string> {
  try {
    const { error } = (await response.json()) as { error?: string }; // the shape of every refusal of the server
    return error ?? response.statusText;
  } catch {
    return response.statusText;
  }
}
