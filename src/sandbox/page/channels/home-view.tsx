import { useMemo } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { SurfaceProvider, viewSurface } from '../controls/surface.tsx';
import { usePerson } from '../workspace/person-context.ts';
import { AppTabs } from './app-tabs.tsx';

/** The Home tab of an app, as this person sees it. */
export function HomeView({ appId }: { appId: string }) {
  const { team, person } = usePerson();
  const app = team.apps.find((one) => one.id === appId);
  const home = person.homes.find((one) => one.app === app?.name);
  const surface = useMemo(() => (home ? viewSurface(home, { home: true }) : null), [home]);
  if (!app) return <p className="nothing">This app is not installed any more.</p>;
  return (
    <div className="channel">
      <header className="channel-head">
        <h2>{app.name}</h2>
        <AppTabs app={app} front="home" />
      </header>
      <div className="home" tabIndex={0} role="region" aria-label={`Home of ${app.name}`}>
        {home && surface ? (
          <SurfaceProvider surface={surface}>
            <Blocks blocks={home.blocks} />
          </SurfaceProvider>
        ) : (
          <p className="nothing">{app.name} has not shown anything here yet.</p>
        )}
      </div>
    </div>
  );
}
