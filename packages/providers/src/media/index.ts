export { carrierMedia, type CarrierFiles, type CarrierMediaOptions } from './carrier-media.ts';
export { folderMediaStore } from './folder-media-store.ts';
export { s3MediaStore, type S3MediaSettings } from './s3-media-store.ts';
