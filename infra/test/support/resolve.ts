import type { Template } from 'aws-cdk-lib/assertions';

type Resource = { Type: string; Properties?: Record<string, unknown> };
type Rendered = {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
};

/** The property by which people know a resource of a type. */
const names: Record<string, string> = {
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::KMS::Key': 'Description',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::EC2::SecurityGroup': 'GroupDescription',
};

/** Follows references, also into other stacks, and puts the name of the resource there: `queue conversation.fifo`. */
export function makeResolve(templates: readonly Template[]) {
  // What CDK wrote is a template.
  const all = templates.map((template) => template.toJSON() as Rendered);

  function resolve(value: unknown, within: Rendered): unknown {
    if (Array.isArray(value)) return value.map((each) => resolve(each, within));
    if (typeof value !== 'object' || value === null) return value;
    const [[key, target] = []] = Object.entries(value);
    if (key === 'Fn::ImportValue') {
      for (const template of all) {
        const output = Object.values(template.Outputs ?? {}).find((each) => each.Export?.Name === target);
        if (output !== undefined) return resolve(output.Value, template);
      }
      throw new Error(`nobody exports ${String(target)}`);
    }
    if (key === 'Ref') return nameOf(String(target), within);
    if (key === 'Fn::GetAtt' && Array.isArray(target)) return nameOf(String(target[0]), within);
    if (key === 'Fn::Join' && Array.isArray(target)) {
      return (target[1] as unknown[]).map((part) => String(resolve(part, within))).join(String(target[0]));
    }
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolve(each, within)]));
  }

  function nameOf(logicalId: string, { Resources }: Rendered): string {
    const resource = Resources[logicalId];
    const property = resource === undefined ? undefined : names[resource.Type];
    const name = property === undefined ? undefined : resource?.Properties?.[property];
    const kind = resource?.Type.split('::').at(-1)?.toLowerCase() ?? 'parameter';
    return `${kind} ${typeof name === 'string' ? name : logicalId}`;
  }

  return (template: Template, value: unknown) => resolve(value, template.toJSON() as Rendered);
}
