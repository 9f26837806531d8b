import { z } from 'zod';

/** The parts of a Converse request that the simulator looks into; everything else is kept as it came. */
const contentBlock = z.looseObject({
  text: z.string().optional(),
  toolUse: z.looseObject({ toolUseId: z.string(), name: z.string(), input: z.unknown() }).optional(),
  toolResult: z
    .looseObject({
      toolUseId: z.string(),
      content: z.array(z.looseObject({ text: z.string().optional(), json: z.unknown().optional() })),
      status: z.enum(['success', 'error']).optional(),
    })
    .optional(),
  reasoningContent: z.unknown().optional(),
  cachePoint: z.unknown().optional(),
});

const tool = z.looseObject({
  toolSpec: z
    .looseObject({
      name: z.string(),
      description: z.string().optional(),
      inputSchema: z.looseObject({ json: z.record(z.string(), z.unknown()) }),
    })
    .optional(),
  cachePoint: z.unknown().optional(),
});

export const converseBody = z.looseObject({
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content: z.array(contentBlock) })),
  system: z.array(z.looseObject({ text: z.string().optional(), cachePoint: z.unknown().optional() })).optional(),
  inferenceConfig: z
    .looseObject({
      maxTokens: z.number().optional(),
      temperature: z.number().optional(),
      topP: z.number().optional(),
      stopSequences: z.array(z.string()).optional(),
    })
    .optional(),
  toolConfig: z
    .looseObject({ tools: z.array(tool), toolChoice: z.record(z.string(), z.unknown()).optional() })
    .optional(),
  additionalModelRequestFields: z.record(z.string(), z.unknown()).optional(),
});

export type ConverseBody = z.infer<typeof converseBody>;
export type Message = ConverseBody['messages'][number];
export type ContentBlock = Message['content'][number];

/** A request as it arrived: the model id of the path, decoded, and the body. */
export type ConverseRequest = { modelId: string; body: ConverseBody };

/** What a model says to a request. */
export type ModelReply = { content: ContentBlock[]; stopReason: string };

/** A model under the simulator: a pure function of what a real one would see. */
export type SimulatedModel = (request: ConverseRequest) => ModelReply;

/** A refusal as Bedrock words it: status, header `x-amzn-errortype`, `{"message"}`. */
export class BedrockException extends Error {
  readonly status: number;
  readonly type: string;

  constructor(type: keyof typeof statusOf, message: string) {
    super(message);
    this.type = type;
    this.status = statusOf[type];
  }
}

const statusOf = {
  ValidationException: 400,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ThrottlingException: 429,
  ModelNotReadyException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
} as const;

export type BedrockExceptionType = keyof typeof statusOf;
