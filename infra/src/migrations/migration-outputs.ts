/** What the migrations stack tells whoever starts the task. */
export const migrationOutputs = {
  cluster: 'MigrationCluster',
  task: 'MigrationTask',
  subnets: 'MigrationSubnets',
  securityGroup: 'MigrationSecurityGroup',
} as const;
