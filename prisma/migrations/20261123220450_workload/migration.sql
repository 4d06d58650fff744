-- CreateTable
CREATE TABLE "time_entries" (
    "workspaceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "delegationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "workedOn" TEXT NOT NULL,
    "loggedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "time_entries_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "hours_plans" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "rollsOver" BOOLEAN NOT NULL,
    "changedBy" TEXT NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hours_plans_pkey" PRIMARY KEY ("workspaceId","pairId")
);

-- CreateTable
CREATE TABLE "hours_notices" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "percent" INTEGER NOT NULL,
    "toldAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "hours_notices_pkey" PRIMARY KEY ("workspaceId","pairId","userId","month")
);

-- CreateTable
CREATE TABLE "load_checks" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "nextAt" TIMESTAMPTZ(3),

    CONSTRAINT "load_checks_pkey" PRIMARY KEY ("workspaceId","pairId")
);

-- CreateTable
CREATE TABLE "load_questions" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "weekOn" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "load_questions_pkey" PRIMARY KEY ("workspaceId","pairId","weekOn")
);

-- CreateIndex
CREATE INDEX "time_entries_workspaceId_pairId_workedOn_idx" ON "time_entries"("workspaceId", "pairId", "workedOn");

-- CreateIndex
CREATE INDEX "time_entries_workspaceId_delegationId_idx" ON "time_entries"("workspaceId", "delegationId");

-- CreateIndex
CREATE INDEX "load_checks_nextAt_idx" ON "load_checks"("nextAt");

-- AddForeignKey
ALTER TABLE "time_entries" ADD CONSTRAINT "time_entries_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "time_entries" ADD CONSTRAINT "time_entries_workspaceId_delegationId_fkey" FOREIGN KEY ("workspaceId", "delegationId") REFERENCES "delegations"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hours_plans" ADD CONSTRAINT "hours_plans_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hours_notices" ADD CONSTRAINT "hours_notices_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "load_checks" ADD CONSTRAINT "load_checks_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "load_questions" ADD CONSTRAINT "load_questions_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
