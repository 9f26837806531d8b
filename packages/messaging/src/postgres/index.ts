export { requestText, type TextClass, type TextRequest } from './request-text.ts';
