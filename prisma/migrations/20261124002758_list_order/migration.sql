-- DropIndex
DROP INDEX "delegations_workspaceId_pairId_shelf_dueAt_idx";

-- DropIndex
DROP INDEX "delegations_workspaceId_pairId_shelf_priority_dueAt_number_idx";

-- DropIndex
DROP INDEX "delegations_workspaceId_pairId_shelf_state_stateSinceAt_idx";

-- CreateIndex
CREATE INDEX "delegations_workspaceId_pairId_shelf_state_priority_dueAt_n_idx" ON "delegations"("workspaceId", "pairId", "shelf", "state", "priority", "dueAt", "number");

-- CreateIndex
CREATE INDEX "delegations_workspaceId_pairId_shelf_state_dueAt_number_idx" ON "delegations"("workspaceId", "pairId", "shelf", "state", "dueAt", "number");

-- CreateIndex
CREATE INDEX "delegations_workspaceId_pairId_shelf_state_stateSinceAt_num_idx" ON "delegations"("workspaceId", "pairId", "shelf", "state", "stateSinceAt", "number");

-- CreateIndex
CREATE INDEX "delegations_workspaceId_pairId_createdAt_idx" ON "delegations"("workspaceId", "pairId", "createdAt");
