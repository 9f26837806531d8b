export { bedrockModel, type BedrockSettings } from './bedrock-model.ts';
