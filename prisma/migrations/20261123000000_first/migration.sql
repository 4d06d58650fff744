-- CreateEnum
CREATE TYPE "leave_type" AS ENUM ('vacation', 'sick', 'public_duty', 'training', 'other');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('pending', 'sending', 'sent', 'failed', 'uncertain', 'superseded');

-- CreateEnum
CREATE TYPE "delivery_kind" AS ENUM ('post', 'update', 'delete');

-- CreateEnum
CREATE TYPE "delivery_purpose" AS ENUM ('prompt', 'card', 'alert');

-- CreateEnum
CREATE TYPE "engagement" AS ENUM ('direct', 'agency');

-- CreateEnum
CREATE TYPE "occurrence_state" AS ENUM ('due', 'asked', 'snoozed', 'done', 'missed', 'skipped', 'excused', 'not_asked');

-- CreateEnum
CREATE TYPE "occurrence_step" AS ENUM ('ask', 'remind', 'close', 'tell', 'excuse');

-- CreateEnum
CREATE TYPE "standing" AS ENUM ('on_time', 'grace', 'late');

-- CreateEnum
CREATE TYPE "zone_source" AS ENUM ('slack', 'chosen');

-- CreateTable
CREATE TABLE "leaves" (
    "workspaceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "type" "leave_type" NOT NULL,
    "firstOn" TEXT NOT NULL,
    "lastOn" TEXT NOT NULL,
    "startsAtMidday" BOOLEAN NOT NULL,
    "endsAtMidday" BOOLEAN NOT NULL,
    "coverId" TEXT,
    "reason" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "cancelledAt" TIMESTAMPTZ(3),

    CONSTRAINT "leaves_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "holiday_calendars" (
    "workspaceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "region" TEXT,
    "throughYear" INTEGER NOT NULL,

    CONSTRAINT "holiday_calendars_pkey" PRIMARY KEY ("workspaceId","userId")
);

-- CreateTable
CREATE TABLE "holiday_corrections" (
    "workspaceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "isOff" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,
    "isCompany" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "holiday_corrections_pkey" PRIMARY KEY ("workspaceId","userId","on")
);

-- CreateTable
CREATE TABLE "checkins" (
    "workspaceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "unchangedSinceOn" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL,
    "editedAt" TIMESTAMPTZ(3),

    CONSTRAINT "checkins_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "workspaceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "pairId" TEXT,
    "dedupeKey" TEXT NOT NULL,
    "kind" "delivery_kind" NOT NULL,
    "purpose" "delivery_purpose" NOT NULL,
    "recipient" TEXT NOT NULL,
    "targetId" TEXT,
    "message" JSONB NOT NULL,
    "tell" TEXT[],
    "state" "delivery_state" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "notBefore" TIMESTAMPTZ(3),
    "queued" BOOLEAN NOT NULL DEFAULT false,
    "claimedUntil" TIMESTAMPTZ(3),
    "channel" TEXT,
    "ts" TEXT,
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "workspaceId" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "freeAt" TIMESTAMPTZ(3) NOT NULL,
    "queuedUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("workspaceId","scope")
);

-- CreateTable
CREATE TABLE "inbound" (
    "workspaceId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedUntil" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),
    "answer" JSONB,

    CONSTRAINT "inbound_pkey" PRIMARY KEY ("workspaceId","key")
);

-- CreateTable
CREATE TABLE "pairs" (
    "workspaceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "executiveId" TEXT NOT NULL,
    "eaId" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "startedOn" TEXT NOT NULL,
    "engagement" "engagement" NOT NULL,
    "hoursPerMonth" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "liveKey" TEXT,

    CONSTRAINT "pairs_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "agreements" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "proposedBy" TEXT NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedBy" TEXT,
    "acceptedAt" TIMESTAMPTZ(3),
    "replacedAt" TIMESTAMPTZ(3),

    CONSTRAINT "agreements_pkey" PRIMARY KEY ("workspaceId","pairId","version")
);

-- CreateTable
CREATE TABLE "reminders" (
    "workspaceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "fromId" TEXT NOT NULL,
    "forId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "timing" JSONB NOT NULL,
    "urgent" BOOLEAN NOT NULL,
    "tellWhenDone" BOOLEAN NOT NULL,
    "repeats" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "editedAt" TIMESTAMPTZ(3),
    "pausedAt" TIMESTAMPTZ(3),
    "mutedUntilOn" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),
    "urgentSends" INTEGER NOT NULL DEFAULT 0,
    "urgentSentAt" TIMESTAMPTZ(3),

    CONSTRAINT "reminders_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "reminder_consents" (
    "workspaceId" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "acceptsUrgent" BOOLEAN NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminder_consents_pkey" PRIMARY KEY ("workspaceId","pairId","userId")
);

-- CreateTable
CREATE TABLE "routines" (
    "workspaceId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "pairId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "recurrence" JSONB NOT NULL,
    "controls" JSONB NOT NULL DEFAULT '{}',
    "nextDueAt" TIMESTAMPTZ(3),
    "nextDueOn" TEXT,
    "lastDueOn" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "routines_pkey" PRIMARY KEY ("workspaceId","id")
);

-- CreateTable
CREATE TABLE "occurrences" (
    "workspaceId" TEXT NOT NULL,
    "routineId" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "state" "occurrence_state" NOT NULL DEFAULT 'due',
    "nextStep" "occurrence_step",
    "nextStepAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "askedTimes" INTEGER NOT NULL DEFAULT 0,
    "askedAt" TIMESTAMPTZ(3),
    "windowEndsAt" TIMESTAMPTZ(3),
    "remindedTimes" INTEGER NOT NULL DEFAULT 0,
    "snoozedTimes" INTEGER NOT NULL DEFAULT 0,
    "standing" "standing",
    "answeredAt" TIMESTAMPTZ(3),
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "occurrences_pkey" PRIMARY KEY ("workspaceId","routineId","dueOn")
);

-- CreateTable
CREATE TABLE "workspaces" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "botUserId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "members" (
    "workspaceId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "zoneSource" "zone_source" NOT NULL DEFAULT 'slack',
    "slackZone" TEXT,
    "zoneAskedAt" TIMESTAMPTZ(3),
    "weekly" JSONB NOT NULL,
    "exceptions" JSONB NOT NULL DEFAULT '{}',
    "away" JSONB NOT NULL DEFAULT '[]',
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "members_pkey" PRIMARY KEY ("workspaceId","userId")
);

-- CreateIndex
CREATE INDEX "leaves_workspaceId_userId_lastOn_idx" ON "leaves"("workspaceId", "userId", "lastOn");

-- CreateIndex
CREATE INDEX "holiday_calendars_throughYear_idx" ON "holiday_calendars"("throughYear");

-- CreateIndex
CREATE INDEX "checkins_workspaceId_pairId_dueOn_idx" ON "checkins"("workspaceId", "pairId", "dueOn");

-- CreateIndex
CREATE UNIQUE INDEX "checkins_workspaceId_pairId_userId_dueOn_key" ON "checkins"("workspaceId", "pairId", "userId", "dueOn");

-- CreateIndex
CREATE INDEX "deliveries_workspaceId_targetId_seq_idx" ON "deliveries"("workspaceId", "targetId", "seq");

-- CreateIndex
CREATE INDEX "deliveries_workspaceId_recipient_idx" ON "deliveries"("workspaceId", "recipient");

-- CreateIndex
CREATE INDEX "deliveries_notBefore_seq_idx" ON "deliveries"("notBefore", "seq");

-- CreateIndex
CREATE INDEX "deliveries_claimedUntil_idx" ON "deliveries"("claimedUntil");

-- CreateIndex
CREATE UNIQUE INDEX "deliveries_workspaceId_dedupeKey_key" ON "deliveries"("workspaceId", "dedupeKey");

-- CreateIndex
CREATE INDEX "rate_limits_freeAt_idx" ON "rate_limits"("freeAt");

-- CreateIndex
CREATE INDEX "inbound_receivedAt_idx" ON "inbound"("receivedAt");

-- CreateIndex
CREATE INDEX "pairs_workspaceId_executiveId_idx" ON "pairs"("workspaceId", "executiveId");

-- CreateIndex
CREATE INDEX "pairs_workspaceId_eaId_idx" ON "pairs"("workspaceId", "eaId");

-- CreateIndex
CREATE UNIQUE INDEX "pairs_workspaceId_liveKey_key" ON "pairs"("workspaceId", "liveKey");

-- CreateIndex
CREATE INDEX "reminders_workspaceId_forId_idx" ON "reminders"("workspaceId", "forId");

-- CreateIndex
CREATE INDEX "reminders_workspaceId_fromId_idx" ON "reminders"("workspaceId", "fromId");

-- CreateIndex
CREATE INDEX "reminders_deletedAt_idx" ON "reminders"("deletedAt");

-- CreateIndex
CREATE INDEX "routines_nextDueAt_idx" ON "routines"("nextDueAt");

-- CreateIndex
CREATE UNIQUE INDEX "routines_workspaceId_pairId_userId_kind_subject_key" ON "routines"("workspaceId", "pairId", "userId", "kind", "subject");

-- CreateIndex
CREATE INDEX "occurrences_nextStepAt_idx" ON "occurrences"("nextStepAt");

-- AddForeignKey
ALTER TABLE "leaves" ADD CONSTRAINT "leaves_workspaceId_userId_fkey" FOREIGN KEY ("workspaceId", "userId") REFERENCES "members"("workspaceId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holiday_calendars" ADD CONSTRAINT "holiday_calendars_workspaceId_userId_fkey" FOREIGN KEY ("workspaceId", "userId") REFERENCES "members"("workspaceId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "holiday_corrections" ADD CONSTRAINT "holiday_corrections_workspaceId_userId_fkey" FOREIGN KEY ("workspaceId", "userId") REFERENCES "members"("workspaceId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkins" ADD CONSTRAINT "checkins_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkins" ADD CONSTRAINT "checkins_workspaceId_userId_fkey" FOREIGN KEY ("workspaceId", "userId") REFERENCES "members"("workspaceId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_workspaceId_targetId_fkey" FOREIGN KEY ("workspaceId", "targetId") REFERENCES "deliveries"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pairs" ADD CONSTRAINT "pairs_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pairs" ADD CONSTRAINT "pairs_workspaceId_executiveId_fkey" FOREIGN KEY ("workspaceId", "executiveId") REFERENCES "members"("workspaceId", "userId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pairs" ADD CONSTRAINT "pairs_workspaceId_eaId_fkey" FOREIGN KEY ("workspaceId", "eaId") REFERENCES "members"("workspaceId", "userId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_consents" ADD CONSTRAINT "reminder_consents_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "routines" ADD CONSTRAINT "routines_workspaceId_pairId_fkey" FOREIGN KEY ("workspaceId", "pairId") REFERENCES "pairs"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "routines" ADD CONSTRAINT "routines_workspaceId_userId_fkey" FOREIGN KEY ("workspaceId", "userId") REFERENCES "members"("workspaceId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occurrences" ADD CONSTRAINT "occurrences_workspaceId_routineId_fkey" FOREIGN KEY ("workspaceId", "routineId") REFERENCES "routines"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "members" ADD CONSTRAINT "members_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;
