import { useMutation, useQuery } from '@tanstack/react-query';
import type { CallItem, Desk, TextItem } from '../feed-items.ts';

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

export function usePlaceCall(personaId: string) {
  return useMutation({ mutationFn: () => ask<CallItem>(`/api/personas/${personaId}/calls`, {}) });
}

export function useChangeCall(callId: string) {
  return useMutation({
    mutationFn: (change: 'answer' | 'hang-up') => ask<CallItem>(`/api/calls/${callId}/${change}`, {}),
  });
}

async function ask<Answer>(url: string, body?: unknown): Promise<Answer> {
  const response = await fetch(
    url,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
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
